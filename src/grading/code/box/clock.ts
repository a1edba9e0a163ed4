/** Processor time of this thread in milliseconds; wall time where Node cannot tell. */
export function threadMs(): number {
  if (typeof process.threadCpuUsage !== "function") return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
