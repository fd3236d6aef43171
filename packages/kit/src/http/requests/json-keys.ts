/**
 * The first key that the outermost object of a JSON text has twice, if any. `JSON.parse` takes the last of them, other readers the first:
 * what a proxy checked would not be what runs here. The text must be valid JSON.
 */
export function repeatedKey(json: string): string | undefined {
  const seen = new Set<string>()
  let level = 0
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '{' || character === '[') level++
    else if (character === '}' || character === ']') level--
    else if (character === '"') {
      const end = endOfString(json, at)
      if (level === 1 && isKey(json, end)) {
        const key = JSON.parse(json.slice(at, end + 1)) as string
        if (seen.has(key)) return key
        seen.add(key)
      }
      at = end
    }
  }
  return undefined
}

/** Where the string that starts at `start` has its closing quote. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let slashes = 0
    while (json[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end
  }
}

function isKey(json: string, end: number): boolean {
  let next = end + 1
  while (' \t\r\n'.includes(json[next] as string)) next++
  return json[next] === ':'
}
