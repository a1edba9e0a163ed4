import { BarChart, BoxplotChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use as useModules, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useLayoutEffect, useRef } from "react";

import { usePreferences } from "../data/preferences.ts";
import { coloursOf } from "./colours.ts";

useModules([
  BarChart,
  BoxplotChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

export type ChartProps = {
  /** What it shows, for those who cannot see it. The figures stand in a table beside it. */
  readonly label: string;
  readonly option: EChartsCoreOption;
  readonly height?: number;
  /** Called with the series and the data index of what was clicked. */
  readonly onPick?: (series: number, index: number) => void;
};

/** A chart, drawn as SVG so that it stays sharp on paper. Its tooltips are drawn, too: they never become HTML. */
export function Chart({ label, option, height = 340, onPick }: ChartProps) {
  const { dark, printing } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return undefined;
    const { ink, line, faint, series } = coloursOf(dark && !printing);
    const chart = init(box.current, null, { renderer: "svg" });
    const base = {
      animation: false,
      color: series,
      // Widths are measured on a canvas, which inherits nothing.
      textStyle: { color: ink, fontFamily: getComputedStyle(box.current).fontFamily },
      tooltip: { renderMode: "richText", confine: true, trigger: "item", borderColor: line },
    };
    // A chart's own tooltip changes what is shown, never how it is drawn.
    const tooltip = { ...base.tooltip, ...(option["tooltip"] as object | undefined) };
    chart.setOption({ ...base, ...withAxes(option, { line, faint }), tooltip });
    if (onPick !== undefined)
      chart.on("click", ({ seriesIndex = 0, dataIndex }) => {
        onPick(seriesIndex, dataIndex);
      });
    // Paper does not wait for the next frame.
    chart.getZr().flush();
    const observer = new ResizeObserver(() => {
      chart.resize();
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, dark, printing, onPick]);
  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />;
}

type Inks = { readonly line: string; readonly faint: string };

/** Axes in the colours of the page. */
function withAxes(option: EChartsCoreOption, { line, faint }: Inks): EChartsCoreOption {
  const axis = (given: unknown) => {
    const own = given as Readonly<Record<string, object>>;
    return {
      ...own,
      nameTextStyle: { color: faint },
      axisLabel: { color: faint, hideOverlap: true, ...own["axisLabel"] },
      axisLine: { lineStyle: { color: line } },
      axisTick: { lineStyle: { color: line }, ...own["axisTick"] },
      splitLine: { lineStyle: { color: line, opacity: 0.55 }, ...own["splitLine"] },
    };
  };
  const { xAxis, yAxis, ...rest } = option;
  return { ...rest, xAxis: axis(xAxis), yAxis: axis(yAxis) };
}
