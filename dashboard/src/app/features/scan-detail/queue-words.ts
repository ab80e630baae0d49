/** How far a waiting scan is from its turn: `Next in line`, `2nd in line`. */
export function queueWords(position: number): string {
  return position <= 1 ? 'Next in line' : `${position}${suffixOf(position)} in line`;
}

function suffixOf(position: number): string {
  const isTeen = Math.floor(position / 10) % 10 === 1;
  return (isTeen ? undefined : ['th', 'st', 'nd', 'rd'][position % 10]) ?? 'th';
}
