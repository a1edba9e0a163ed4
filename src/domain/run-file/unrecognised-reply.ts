/** In every reply of the simulator to a prompt of no suite that it knows; it tells such answers from wrong ones. */
export const unrecognisedReply = "没有在题库里找到这个问题";

/** In the error by which `sim` refuses such a prompt. */
export const unrecognisedError = "is in none of the suites that the simulator has read";
