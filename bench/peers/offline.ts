/** Programs that use Hugging Face's libraries must look for nothing on the network. */
export const offline = { HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1", COLUMNS: "200" };
