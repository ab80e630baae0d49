/** Ends a run with one plain line that a script can read, whatever the terminal does with the rest. */
module.exports = class PlainSummaryReporter {
  onRunComplete(_contexts, results) {
    const broken = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    process.stderr.write('', () => {
      process.stdout.write(
        `${results.numPassedTests} passed, ${results.numFailedTests + broken} failed${skipped}\n`,
      );
    });
  }
};
