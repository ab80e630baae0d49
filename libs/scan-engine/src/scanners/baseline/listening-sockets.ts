/** A TCP port that a service listens on. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Name of the program; only root is told those of others. */
  readonly program: string | null;
}

const PLACE = /^(.{1,64}):(\d{1,5})$/u;
const SS_PROGRAM = /users:\(\("([^"]{1,64})"/u;
const NETSTAT_PROGRAM = /[ \t]\d{1,10}\/(\S{1,64})/u;

/** What `ss -H -tlnp` prints. Pure, and takes any text. */
export function parseSs(output: string): Listener[] {
  return output.split('\n').flatMap((line) => {
    const [state, , , local] = line.trim().split(/\s+/u);
    return state === 'LISTEN' ? listener(local, SS_PROGRAM.exec(line)) : [];
  });
}

/** What `netstat -tlnp` prints; the same. */
export function parseNetstat(output: string): Listener[] {
  return output.split('\n').flatMap((line) => {
    const [protocol, , , local] = line.trim().split(/\s+/u);
    return /^tcp6?$/u.test(protocol ?? '') ? listener(local, NETSTAT_PROGRAM.exec(line)) : [];
  });
}

function listener(local: string | undefined, program: RegExpExecArray | null): Listener[] {
  const [, address = '', digits = ''] = PLACE.exec(local ?? '') ?? [];
  const port = Number(digits);
  if (address === '' || port < 1 || port > 65_535) return [];
  return [{ address, port, program: program?.[1] ?? null }];
}

/** Whether an address stands for all of the machine's, in the spelling of either program; one interface (`%eth0`) is not all. */
export function isEveryAddress({ address }: Listener): boolean {
  return /^(?:0\.0\.0\.0|\*|\[?::\]?|\[?::ffff:0\.0\.0\.0\]?)$/u.test(address);
}
