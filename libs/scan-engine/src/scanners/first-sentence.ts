const MAX_TITLE = 120;

/** The first sentence of a message as a title: one line, without its full stop, of bounded length. */
export function firstSentence(message: string, otherwise: string): string {
  const line = message.replace(/\s+/gu, ' ').trim();
  const end = line.search(/[.!?](?:\s|$)/u);
  const sentence = end === -1 ? line : line.slice(0, line[end] === '.' ? end : end + 1);
  if (sentence === '') return otherwise;
  return sentence.length > MAX_TITLE ? `${cutAtWord(sentence)}…` : sentence;
}

function cutAtWord(sentence: string): string {
  const cut = sentence.slice(0, MAX_TITLE - 1);
  const space = cut.lastIndexOf(' ');
  return space > MAX_TITLE / 2 ? cut.slice(0, space) : cut;
}
