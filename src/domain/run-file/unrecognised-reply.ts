/** In every reply of the simulator to a prompt of no suite that it knows; it tells such answers from wrong ones. */
export const unrecognisedReply = "没有在题库里找到这个问题";
