import { createRoot } from "react-dom/client";

import "./style.css";
import { App } from "./app.tsx";
import { readReport } from "./data/page-data.ts";

const root = document.querySelector("#root");
if (root !== null) createRoot(root).render(<App report={readReport()} />);
