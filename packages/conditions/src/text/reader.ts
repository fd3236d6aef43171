import type { Words } from './words.js'

/** A fault of a text: where, in UTF-16 units from its start, and what would be right. */
export class TextFault extends Error {
  constructor(
    readonly at: number,
    readonly reason: string,
    message: string,
  ) {
    super(message)
  }
}

const blank = /[\p{White_Space}\u200b\ufeff]*/uy
const bare = /[^\p{White_Space}\u200b\ufeff"“”(),;:，；：、（）<>=＜＞＝≤≥]+/uy
const quoted = /"((?:[^"\\]|\\["\\])*)"|“([^”]*)”/uy
const letter = /[\p{Script=Latin}\p{Nd}_]/u

/** Full-width punctuation as people type it in Chinese, and the one that it stands for. */
const same: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '；': ';',
  '＝': '=',
  '＞': '>',
  '＜': '<',
  '≥': '>=',
  '≤': '<=',
}

/** Goes through a text of a condition, from left to right. Blanks before whatever is read are skipped. */
export class Reader {
  at = 0

  constructor(
    readonly text: string,
    readonly words: Words,
  ) {}

  /** Where the next thing begins. */
  next(): number {
    blank.lastIndex = this.at
    blank.test(this.text)
    this.at = Math.max(this.at, blank.lastIndex)
    return this.at
  }

  isAtEnd(): boolean {
    return this.next() >= this.text.length
  }

  /** Takes a word or several with blanks between them, whatever their case; false, and nothing is taken, where they are not next. */
  take(phrase: string): boolean {
    const end = this.endOf(phrase, this.next())
    if (end === undefined) return false
    this.at = end
    return true
  }

  /** Takes the longest of the phrases that is next, and answers with its place in the list; undefined where none is. */
  takeLongest(phrases: readonly (readonly string[])[]): number | undefined {
    const start = this.next()
    let [found, end] = [undefined as number | undefined, start]
    for (const [index, spellings] of phrases.entries()) {
      for (const spelling of spellings) {
        const until = this.endOf(spelling, start)
        if (until !== undefined && until > end) [found, end] = [index, until]
      }
    }
    this.at = end
    return found
  }

  /** Takes a value: in quotes, or as it stands until a blank or a sign. */
  value(): string {
    const value = this.takeValue()
    if (value === undefined) throw this.fault('text.value_missing', 'a value, in "quotes" where it has blanks or signs')
    return value
  }

  /** Takes a value that a phrase follows, blanks between them or not; undefined where they are not next. */
  valueBefore(phrase: string): string | undefined {
    const start = this.next()
    const value = this.takeValue()
    if (value === undefined || !phrase || this.take(phrase)) return value
    const cut = value.indexOf(phrase.split(' ')[0] as string)
    if (cut <= 0 || !this.text.startsWith(value, start)) return undefined
    this.at = start + cut
    return this.take(phrase) ? value.slice(0, cut) : undefined
  }

  /** Takes values in round brackets with commas between them. */
  values(one: () => string = () => this.value()): string[] {
    this.expect('(')
    const list = [one()]
    while (this.take(',')) list.push(one())
    this.expect(')')
    return list
  }

  expect(phrase: string): void {
    if (!this.take(phrase)) throw this.fault('text.unexpected', `"${phrase}" here`)
  }

  fault(reason: string, message: string): TextFault {
    return new TextFault(this.next(), reason, message)
  }

  private takeValue(): string | undefined {
    const start = this.next()
    quoted.lastIndex = start
    const inQuotes = quoted.exec(this.text)
    if (inQuotes) {
      this.at = quoted.lastIndex
      return inQuotes[2] ?? (inQuotes[1] as string).replace(/\\(.)/g, '$1')
    }
    bare.lastIndex = start
    const [found] = bare.exec(this.text) ?? []
    if (found !== undefined) this.at = start + found.length
    return found
  }

  private endOf(phrase: string, start: number): number | undefined {
    let at = start
    for (const [index, word] of phrase.split(' ').entries()) {
      if (index) {
        blank.lastIndex = at
        blank.test(this.text)
        at = blank.lastIndex
      }
      const end = this.endOfWord(word, at)
      if (end === undefined) return undefined
      at = end
    }
    // A word of letters ends where letters end: `order` does not begin with `or`.
    const cut = letter.test(phrase.at(-1) as string) && letter.test(this.text.charAt(at))
    return cut ? undefined : at
  }

  private endOfWord(word: string, start: number): number | undefined {
    let at = start
    for (let done = 0; done < word.length; at++) {
      const given = this.text.charAt(at)
      const sign = same[given] ?? given
      const own = same[word.charAt(done)]
      if (sign && word.startsWith(sign, done)) done += sign.length
      else if (own === undefined ? sign.toLowerCase() !== word.charAt(done).toLowerCase() : sign !== own)
        return undefined
      else done++
    }
    return at
  }
}
