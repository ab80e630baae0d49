/**
 * Loaded before the built server: ends the process as a crash would, when a scan has been made `completed` and so many further
 * statements of the connection that writes are about to run.
 */
const Database = require('better-sqlite3');

let left = Number(process.env.KILL_AT_STATEMENT);
let isCompleting = false;
const { prepare } = Database.prototype;

function beforeStatement(sql, parameters) {
  if (isCompleting && (left -= 1) < 0) process.kill(process.pid, 'SIGKILL');
  if (/^UPDATE "scans" /.test(sql) && parameters.flat().includes('completed')) isCompleting = true;
}

Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (this.readonly) return statement;
  for (const method of ['run', 'all', 'get']) {
    const original = statement[method];
    statement[method] = (...parameters) => {
      beforeStatement(sql, parameters);
      return original.apply(statement, parameters);
    };
  }
  return statement;
};
