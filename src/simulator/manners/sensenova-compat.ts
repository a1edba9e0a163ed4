export { manner } from "./sensenova.ts";
