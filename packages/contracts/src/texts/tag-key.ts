import { normalizeLine } from './text.js'

/** The key of a tag's name: NFKC, lower case, runs of blanks and `@` become `-`. */
export const tagKey = (name: string) => normalizeLine(name.normalize('NFKC').toLowerCase()).replace(/[ @]+/g, '-')
