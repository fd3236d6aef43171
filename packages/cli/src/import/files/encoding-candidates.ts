import { analyse } from 'chardet'

/**
 * The encodings that are taken without being named: of how many characters beyond ASCII at least, and by how much they must lead.
 * Measured so that none is taken for another, see docs/adr/0018-file-encodings.md. All others are only named.
 */
const known = {
  gb18030: { characters: 4, lead: 20 },
  big5: { characters: 4, lead: 20 },
  shift_jis: { characters: 4, lead: 20 },
  'windows-1252': { characters: 8, lead: 9 },
} as const
type Known = keyof typeof known

interface Candidate {
  encoding: string
  /** 0 to 100: what the detector says and what the characters say, half and half. */
  score: number
  /** Characters beyond ASCII, without punctuation. */
  characters: number
  /** Share of them that is usual in texts of this encoding, 0 to 1. */
  usual: number
}

const enough = { score: 50, usual: 0.85 }

/** What the sample may be written in, best first, and which of them it is without doubt. `sample` has lines with more than ASCII. */
export const rankEncodings = (sample: Buffer): { best?: Known; candidates: string[] } => {
  const confidence = new Map<string, number>()
  for (const { name, confidence: given } of analyse(sample)) {
    const encoding = labelOf(name)
    if (encoding) confidence.set(encoding, Math.max(given, confidence.get(encoding) ?? 0))
  }
  // The detector knows few of them, and no other encoding looks like them.
  if (fourByteHan.test(new TextDecoder('gb18030').decode(sample))) confidence.set('gb18030', 100)
  for (const encoding of Object.keys(everyday)) if (!confidence.has(encoding)) confidence.set(encoding, 0)
  const ranked = [...confidence]
    .map(([encoding, given]): Candidate => {
      const { characters, usual } = usualShare(encoding, sample)
      return { encoding, characters, usual, score: (given + 100 * usual) / 2 }
    })
    .toSorted((a, b) => b.score - a.score)
  const [first, second] = ranked
  const candidates = ranked.slice(0, 3).map(({ encoding }) => encoding)
  if (!first || !isKnown(first.encoding)) return { candidates }
  const { characters, lead } = known[first.encoding]
  const isClear =
    first.characters >= characters &&
    first.score >= enough.score &&
    first.usual >= enough.usual &&
    first.score - (second?.score ?? 0) >= lead
  return { candidates, ...(isClear && { best: first.encoding }) }
}

const isKnown = (encoding: string): encoding is Known => Object.hasOwn(known, encoding)

/** The label of the Encoding Standard, which reads Latin-1 as windows-1252; undefined for what is no candidate. */
const labelOf = (name: string): string | undefined => {
  if (/^(ascii|utf)/i.test(name)) return undefined
  try {
    return new TextDecoder(name).encoding
  } catch {
    return undefined
  }
}

/**
 * Whether bytes that are UTF-8 are so by chance, since they are usual text in `encoding` and no words in UTF-8, such as 女 (C5 AE in
 * GB18030) alone in its cell.
 */
export const isUtf8ByChance = (sample: Buffer, encoding = 'gb18030'): boolean =>
  !typographic.test(sample.toString()) &&
  usualShare('utf-8', sample).usual < 0.5 &&
  usualShare(encoding === 'gbk' ? 'gb18030' : encoding, sample).usual >= enough.usual

/** Signs of three bytes, such as a dash, which no other encoding has by chance. */
const typographic = /[\u2010-\u203a€™]/

const usualShare = (encoding: string, sample: Buffer) => {
  const text = new TextDecoder(encoding).decode(sample)
  const isUsual = hasEveryday(encoding) ? usualIn(encoding) : isWithinWord
  let usual = 0
  let all = 0
  for (const match of text.matchAll(/[^\0-\x7f]/gu)) {
    if (neutral.test(match[0])) continue
    all++
    if (isUsual(match[0], text, match.index)) usual++
  }
  return { characters: all, usual: all ? usual / all : 0 }
}

const neutral = /[’‘“”«»–—…€£°§©®ºª¿¡·•™、。，；：？！（）《》「」　]/u

/** An accented letter of a Latin text stands beside a plain one; a letter of another script beside one of its own. */
const isWithinWord = (sign: string, text: string, at: number) => {
  const beside = [text[at - 1] ?? '', text[at + 1] ?? '']
  if (/\p{Script=Latin}/u.test(sign)) {
    const isCapitalWithin = /\p{Lu}/u.test(sign) && /[a-z]/.test(beside[0] as string)
    // Letters that western languages hardly use are those that other code pages have at the place of theirs.
    const isForeign = /[þÞðÐýÝŠŽšžŸƒ]/u.test(sign) || (sign === 'õ' && beside[1] !== 'e')
    return !isCapitalWithin && !isForeign && beside.some((next) => /[a-z]/i.test(next))
  }
  const script = [
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Hebrew}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Thai}/u,
  ]
  return script.some((letters) => letters.test(sign) && beside.some((next) => letters.test(next)))
}

/** The rows of each character set that hold its everyday characters; the standards put the rare ones behind. */
const everyday = {
  gb18030: { lead: [0xb0, 0xd7], trails: [[0xa1, 0xfe]] },
  big5: {
    lead: [0xa4, 0xc6],
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  },
  shift_jis: {
    lead: [0x82, 0x97],
    trails: [
      [0x40, 0x7e],
      [0x80, 0xfc],
    ],
  },
  'euc-jp': { lead: [0xa4, 0xcf], trails: [[0xa1, 0xfe]] },
  'euc-kr': { lead: [0xb0, 0xc8], trails: [[0xa1, 0xfe]] },
} satisfies Record<string, { lead: [number, number]; trails: [number, number][] }>

type Everyday = keyof typeof everyday

const hasEveryday = (encoding: string): encoding is Everyday => Object.hasOwn(everyday, encoding)

/** Chinese characters that GB18030 writes in four bytes, from the extensions A and B onwards. */
const fourByteHan = /[\u3400-\u4dbf\u{20000}-\u{3ffff}]/u

/** Accents of MacRoman and the letter behind them make everyday Japanese, in the middle of Latin words. */
const isWithinLatin = (text: string, at: number, length: number) =>
  /[a-z]/.test(text[at - 1] ?? '') || /[a-z]/.test(text[at + length] ?? '')

const usualSets = new Map<string, ReadonlySet<string>>()

const usualIn = (encoding: Everyday) => {
  const set = usualSets.get(encoding) ?? everydayCharacters(encoding)
  usualSets.set(encoding, set)
  return (sign: string, text: string, at: number) =>
    (set.has(sign) || (encoding === 'gb18030' && fourByteHan.test(sign))) && !isWithinLatin(text, at, sign.length)
}

const everydayCharacters = (encoding: Everyday): ReadonlySet<string> => {
  const { lead, trails } = everyday[encoding]
  const bytes: number[] = []
  for (let first = lead[0]; first <= lead[1]; first++) {
    for (const [from, to] of trails) for (let second = from; second <= to; second++) bytes.push(first, second)
  }
  const characters = new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)))
  characters.delete('\ufffd')
  return characters
}
