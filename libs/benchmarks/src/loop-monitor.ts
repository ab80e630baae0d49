import { monitorEventLoopDelay } from 'node:perf_hooks';

/* Loaded into a server that is measured: tells how long its event loop was held and how much memory it took at most. */

const LOOK_EVERY_MS = 5;

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let mostBytes = 0;
setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
}, LOOK_EVERY_MS).unref();

process.on('message', () => {
  process.send?.({ blockedMs: delay.max / 1e6, mostBytes });
  delay.reset();
  mostBytes = process.memoryUsage.rss();
});
process.channel?.unref();
