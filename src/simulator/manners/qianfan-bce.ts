export { manner } from "./qianfan.ts";
