/**
 * Whether packets that come in are filtered, from what packet filters print or read. Rules that only pass packets on between
 * networks, as container engines make them, are none. All of it is pure and takes any text.
 */

interface Chain {
  readonly isEntrance: boolean;
  readonly refuses: boolean;
  readonly targets: readonly string[];
}

const REFUSAL = /\b(?:drop|reject)\b/u;
const NFT_CHAIN = /\bchain[ \t]{1,20}([^\s{};][^{};\r\n]{0,200}?)[ \t\r\n]{0,20}\{/gu;
const NFT_RULE = /^[ \t]*add[ \t]+rule[ \t]+(.+)$/gmu;

/** A ruleset of nftables, as `nft list ruleset` prints it or as a file for `nft -f` has it. */
export function nftFilters(ruleset: string): boolean {
  const text = ruleset.replace(/#[^\r\n]*/gu, '');
  const chains = new Map<string, Chain[]>();
  NFT_CHAIN.lastIndex = 0;
  for (let match = NFT_CHAIN.exec(text); match !== null; match = NFT_CHAIN.exec(text)) {
    const body = blockAt(text, NFT_CHAIN.lastIndex);
    add(chains, lastWord(match[1] ?? ''), nftChain(body));
    NFT_CHAIN.lastIndex += body.length;
  }
  for (const [, rule = ''] of text.matchAll(NFT_RULE)) {
    // `[family] table chain what`: without the family's name the chain is one word earlier.
    const words = rule.trim().split(/\s+/u, 3);
    const isFamilyNamed = /^(?:ip6?|inet|arp|bridge|netdev)$/u.test(words[0] ?? '');
    add(chains, words[isFamilyNamed ? 2 : 1] ?? '', nftChain(rule));
  }
  return isFiltered(chains);
}

function nftChain(body: string): Chain {
  return {
    isEntrance: /\btype\s+filter\s+hook\s+(?:input|ingress|prerouting)\b/u.test(body),
    refuses: REFUSAL.test(body),
    targets: Array.from(
      body.matchAll(/\b(?:jump|goto)[ \t]+([^\s;{},]{1,100})/gu),
      ([, to]) => to ?? '',
    ),
  };
}

function lastWord(text: string): string {
  return text.trim().split(/\s+/u).at(-1) ?? '';
}

/** What stands between a brace, behind which `start` is, and its counterpart. */
function blockAt(text: string, start: number): string {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

/** Rules of iptables, as `iptables -S` prints them or `iptables-save` writes them. */
export function iptablesFilter(rules: string): boolean {
  const chains = new Map<string, Chain[]>();
  let table = 'filter';
  for (const line of rules.split('\n')) {
    const text = line.trim();
    if (text.startsWith('*')) table = text.slice(1);
    if (table !== 'filter') continue;
    const [, name, policy] = /^(?:-P[ \t]+|:)(\S{1,100})[ \t]+(\S{1,20})/u.exec(text) ?? [];
    if (name !== undefined) add(chains, name, iptablesChain(name, `-j ${policy ?? ''}`));
    const [, chain, rule] = /^-[AI][ \t]+(\S{1,100})(.*)$/u.exec(text) ?? [];
    if (chain !== undefined) add(chains, chain, iptablesChain(chain, rule ?? ''));
  }
  return isFiltered(chains);
}

function iptablesChain(name: string, rule: string): Chain {
  const [, target = ''] = /(?:^|[ \t])(?:-j|-g|--jump|--goto)[ \t]+(\S{1,100})/u.exec(rule) ?? [];
  const refuses = target === 'DROP' || target === 'REJECT';
  return { isEntrance: name === 'INPUT', refuses, targets: [target] };
}

function add(chains: Map<string, Chain[]>, name: string, chain: Chain): void {
  const parts = chains.get(name);
  if (parts === undefined) chains.set(name, [chain]);
  else parts.push(chain);
}

/** Whether anything is refused on a way that begins where packets come in. */
function isFiltered(chains: ReadonlyMap<string, readonly Chain[]>): boolean {
  const entrances = [...chains].filter(([, parts]) => parts.some(({ isEntrance }) => isEntrance));
  const pending = entrances.map(([name]) => name);
  const seen = new Set<string>();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { refuses, targets } of chains.get(name) ?? []) {
      if (refuses) return true;
      pending.push(...targets);
    }
  }
  return false;
}

/** What `ufw status` says. */
export function ufwIsActive(status: string): boolean {
  return /^Status:[ \t]*active\b/mu.test(status);
}

/** `/etc/ufw/ufw.conf`. */
export function ufwIsEnabled(text: string): boolean {
  return /^[ \t]*ENABLED[ \t]*=[ \t]*["']?yes\b/imu.test(text);
}

/** `/etc/firewalld/firewalld.conf`: its zones refuse, but for the one that trusts everybody. */
export function firewalldFilters(text: string): boolean {
  return !/^[ \t]*DefaultZone[ \t]*=[ \t]*trusted\b/mu.test(text);
}
