import { v7 as uuidv7 } from 'uuid'

/** The request's id as its caller gave it, or a new one where what they gave fits neither logs nor events. */
export const requestIdOf = (given: string | readonly string[] | undefined): string =>
  typeof given === 'string' && /^[\x21-\x7e]{1,128}$/.test(given) ? given : uuidv7()
