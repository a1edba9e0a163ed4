export { dialect } from "./sensenova.ts";
