import { aFileTree } from '@securescan/testing';
import type { Admission } from '../../ports';
import type { ScanOptions, ToolPlan } from '../../scanner';
import { nmapScanner } from './scanner';

/** The plan for a host, and what the gate was asked. */
async function planned(
  targetHost: string | null,
  { tools, admission }: { tools?: ScanOptions['tools']; admission?: Admission } = {},
): Promise<{ plan: ToolPlan; asked: unknown[] }> {
  const asked: unknown[] = [];
  const plan = await nmapScanner.plan({
    target: { root: '/nowhere', path: '/nowhere', project: '' },
    options: { semgrepRules: [], targetHost, ...(tools === undefined ? {} : { tools }) },
    files: aFileTree({}),
    rulePack: '',
    network: {
      admit: (...question) => {
        asked.push(question);
        return Promise.resolve(admission ?? { addresses: [question[0]] });
      },
    },
  });
  return { plan, asked };
}

const commandLine = async (...question: Parameters<typeof planned>): Promise<string | undefined> =>
  (await planned(...question)).plan.commands[0]?.args.join(' ');

const START = '-sV --open -n --noninteractive --no-stylesheet -oX -';

describe('the plan of nmap', () => {
  it('names the address that was judged, behind everything else', async () => {
    const addresses = ['192.0.2.7', '2001:db8::7'];
    const { plan, asked } = await planned(' Shop.example. ', {
      tools: { networkTargets: ['shop.example'] },
      admission: { addresses },
    });
    expect(asked).toEqual([['shop.example', ['shop.example']]]);
    expect(plan.commands).toEqual([
      { args: `${START} --unprivileged -Pn -- 192.0.2.7`.split(' '), subject: 'shop.example' },
    ]);
    expect(plan.notes).toEqual(['scanned at 192.0.2.7; not at 2001:db8::7']);
  });

  it('tells nmap of IPv6', async () => {
    expect(await commandLine('2001:db8::7')).toBe(`${START} --unprivileged -Pn -6 -- 2001:db8::7`);
  });

  it('looks less closely at each host of a range, and for those that answer', async () => {
    const light = '--version-light --host-timeout 5m';
    expect(await commandLine('192.0.2.9/29')).toBe(
      `${START} --unprivileged ${light} -- 192.0.2.8/29`,
    );
  });

  it('adds the words of the operator', async () => {
    expect(await commandLine('192.0.2.7', { tools: { nmapArguments: ['-p', '22'] } })).toBe(
      `${START} --unprivileged -Pn -p 22 -- 192.0.2.7`,
    );
    expect(await commandLine('192.0.2.7', { tools: { nmapArguments: ['-sS'] } })).toBe(
      `${START} -Pn -sS -- 192.0.2.7`,
    );
  });

  it('is to skip a host that the operator did not name', async () => {
    const { plan } = await planned('192.0.2.7', {
      admission: { refused: '192.0.2.7 is not allowed' },
    });
    expect(plan.commands).toEqual([]);
    expect(plan.cannotRun?.unavailable).toContain('192.0.2.7 is not allowed');
    expect(plan.cannotRun?.unavailable).toContain('SECURESCAN_NETWORK_TARGETS');
  });

  it('fails for what is no host and for words that are not allowed, before anybody is asked', async () => {
    await expect(planned('192.0.2.0/8')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(
      planned('192.0.2.7', { tools: { nmapArguments: ['--script', 'x'] } }),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('is for orders that name a host', () => {
    const applies = (targetHost: string | null): boolean =>
      nmapScanner.appliesTo(aFileTree({}), { semgrepRules: [], targetHost });
    expect([applies('192.0.2.7'), applies(' '), applies(null)]).toEqual([true, false, false]);
  });
});
