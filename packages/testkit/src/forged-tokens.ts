import { forgedAlgorithms } from './forgery/algorithms.js'
import { forgedClaims } from './forgery/claims.js'
import { type ForgedToken, openForge } from './forgery/forge.js'
import { forgedForms } from './forgery/forms.js'
import { forgedHeaders } from './forgery/headers.js'
import { forgedSignatures } from './forgery/signatures.js'
import { forgedTenants } from './forgery/tenants.js'
import type { TestIssuer } from './tokens.js'

export type { ForgedToken } from './forgery/forge.js'

/** Tokens that nobody may accept, each with the reason of its refusal. Good for some minutes; ask before the issuer's keys are first fetched. */
export const forgedTokens = async (issuer: TestIssuer): Promise<readonly ForgedToken[]> => {
  const forge = await openForge(issuer)
  const all = [
    ...forgedAlgorithms(forge),
    ...forgedSignatures(forge),
    ...forgedHeaders(forge),
    ...forgedClaims(forge),
    ...forgedTenants(forge),
    ...(await forgedForms(forge)),
  ]
  return all.map(([name, reason, token]) => ({ name, reason, token }))
}

/** Whether a token can travel in an HTTP header as it is. */
export const isSendable = ({ token }: ForgedToken) => /^[\x21-\x7e]{1,12000}$/.test(token)
