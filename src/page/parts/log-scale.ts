/** Bounds and ticks of a logarithmic axis at 1, 2 and 5 of each decade, around these values. */
export function logScale(values: readonly number[]) {
  const [low, high] = [Math.min(...values) / 1.15, Math.max(...values) * 1.15];
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const steps = last - first > 3 ? [1] : [1, 2, 5];
  const ticks = Array.from({ length: last - first + 1 }, (_, decade) =>
    steps.map((step) => Number((step * 10 ** (first + decade)).toPrecision(1))),
  ).flat();
  const min = ticks.findLast((tick) => tick <= low) ?? low;
  const max = ticks.find((tick) => tick >= high) ?? high;
  const customValues = ticks.filter((tick) => tick >= min && tick <= max);
  return {
    min,
    max,
    axisTick: { customValues },
    splitLine: { show: false },
    axisLabel: { customValues, formatter: (value: number) => String(Number(value.toPrecision(1))) },
  };
}
