// The entry of a reading thread whose scanner never comes back from one kind of file and eats all memory over another.
const {
  serveInspection,
} = require('../../../dist/libs/host-node/src/inspection/serve-inspection.js');

const nothing = { findings: [], skipped: null, notes: [] };

serveInspection([
  {
    name: 'moody',
    inspectFile: (path) => {
      if (path.startsWith('hang')) for (;;);
      const hoard = [];
      if (path.startsWith('eat')) for (;;) hoard.push(new Array(100_000).fill(path));
      if (path.startsWith('throw')) throw new RangeError('no idea');
      return path.startsWith('many')
        ? { ...nothing, findings: ['first', 'second', 'third'] }
        : nothing;
    },
  },
  { name: 'calm', inspectFile: () => nothing },
]);
