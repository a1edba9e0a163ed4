/** Work that waits for one of a number of slots: what is more urgent first, and of that what came first. */
export type SlotQueue = {
  /** Begins the task at once where a slot is free; it holds the slot until it settles, and must not reject. */
  readonly add: (task: () => Promise<void>, priority: number) => void;
  readonly resize: (slots: number) => void;
  /** Nothing begins until `resume`; what has begun goes on. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Tasks that hold a slot, and tasks that wait for one. */
  readonly running: () => number;
  readonly waiting: () => number;
};

type Line = { readonly priority: number; tasks: (() => Promise<void>)[]; next: number };

/** Begun tasks at the front of a line are dropped from its array once there are so many of them. */
const mostBegun = 1_024;

export function createSlotQueue(size: number): SlotQueue {
  const lines: Line[] = [];
  let slots = size;
  let running = 0;
  let waiting = 0;
  let isPaused = false;

  const lineOf = (priority: number): Line => {
    const known = lines.find((line) => line.priority === priority);
    if (known !== undefined) return known;
    const line = { priority, tasks: [], next: 0 };
    lines.push(line);
    lines.sort((a, b) => b.priority - a.priority);
    return line;
  };
  const taken = (): (() => Promise<void>) | undefined => {
    const line = lines.find(({ tasks, next }) => next < tasks.length);
    const task = line?.tasks[line.next];
    if (line === undefined || task === undefined) return undefined;
    line.next += 1;
    if (line.next === line.tasks.length || line.next === mostBegun) {
      line.tasks = line.tasks.slice(line.next);
      line.next = 0;
    }
    waiting -= 1;
    return task;
  };
  const leave = (): void => {
    running -= 1;
    fill();
  };
  const mayBegin = (): boolean => !isPaused && running < slots;
  const fill = (): void => {
    while (mayBegin()) {
      const task = taken();
      if (task === undefined) return;
      running += 1;
      void task().then(leave);
    }
  };
  return {
    add: (task, priority) => {
      lineOf(priority).tasks.push(task);
      waiting += 1;
      fill();
    },
    resize: (count) => {
      if (count === slots) return;
      slots = count;
      fill();
    },
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      if (!isPaused) return;
      isPaused = false;
      fill();
    },
    running: () => running,
    waiting: () => waiting,
  };
}
