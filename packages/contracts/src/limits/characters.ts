/** How many characters a text has: Unicode code points, as PostgreSQL counts them. An emoji is one, where `.length` says two. */
export const charactersOf = (text: string): number => {
  let count = text.length
  for (let at = 0; at < text.length - 1; at++) {
    const isPair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    if (isPair) count--
  }
  return count
}
