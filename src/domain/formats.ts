/**
 * The formats of all files that baimo reads or writes and that say what they are in `schema`. The number changes where
 * an older version would misread a file. Each name with its version stands here and nowhere else.
 */
export const formats = {
  suite: "suite/1",
  board: "board/1",
  judge: "judge/1",
  provider: "provider/1",
  config: "baimo/1",
  run: "run/1",
  leaderboard: "leaderboard/1",
  comparison: "comparison/1",
  items: "items/1",
  sampleSize: "sample-size/1",
  nightly: "nightly/1",
  report: "report/1",
  nights: "nights/1",
  blindKey: "blind/1",
  blindResult: "blind-result/1",
  judgeBench: "judge-bench/1",
  faults: "faults/1",
  recording: "recording/1",
  traffic: "traffic/1",
  prices: "prices/1",
  scorecard: "scorecard/1",
  load: "load/1",
  loadComparison: "load-comparison/1",
  seal: "seal/1",
} as const;
