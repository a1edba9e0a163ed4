export { dialect } from "./qianfan.ts";
