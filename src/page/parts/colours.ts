/** Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008), a little darker on white. */
const onLight = [
  "#0067a5",
  "#c14f00",
  "#00785a",
  "#a8447d",
  "#8a6d00",
  "#3f7fb5",
  "#5b5b5b",
  "#7a3b00",
];
const onDark = [
  "#5fb3ee",
  "#f5a14d",
  "#35c79d",
  "#e08fc0",
  "#e6cf4a",
  "#9bd0f5",
  "#bdbdbd",
  "#d8a06a",
];

/** Marks go with the colours: a chart can be read without them. */
export const symbols = [
  "circle",
  "rect",
  "triangle",
  "diamond",
  "path://M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
  "path://M0 0h12l-6 11z",
  "path://M3 0h6l3 5.5l-3 5.5h-6l-3-5.5z",
] as const;

export const coloursOf = (dark: boolean) => ({
  series: dark ? onDark : onLight,
  ink: dark ? "#e6e9ef" : "#1b2430",
  faint: dark ? "#a3adbb" : "#5a6675",
  line: dark ? "#39424f" : "#d5dbe3",
});

/** A share of 1 as a step of one hue, from pale to deep, with the ink that can be read on it. */
export function heatColour(value: number, dark: boolean): { background: string; color: string } {
  const share = Math.min(1, Math.max(0, value));
  const [from, to] = dark ? ramps.dark : ramps.light;
  const rgb = from.map((channel, at) => channel + ((to[at] ?? channel) - channel) * share);
  const ground = luminance(rgb);
  // Contrast as WCAG 2 has it: whichever ink has more of it has at least 4.5.
  const onWhite = 1.05 / (ground + 0.05);
  const onBlack = (ground + 0.05) / (luminance(nearBlack) + 0.05);
  return {
    background: `rgb(${rgb.map(Math.round).join(" ")})`,
    color: onWhite >= onBlack ? "#fff" : `rgb(${nearBlack.join(" ")})`,
  };
}

const ramps = {
  light: [
    [240, 246, 252],
    [21, 76, 132],
  ],
  dark: [
    [29, 40, 54],
    [150, 205, 250],
  ],
} as const satisfies Readonly<Record<string, readonly [readonly number[], readonly number[]]>>;

const nearBlack: readonly number[] = [8, 14, 20];

/** Relative luminance of sRGB channels from 0 to 255 (WCAG 2.2). */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
