import { readFile } from 'node:fs/promises'
import { Unavailable } from '../errors/errors.js'
import type { MasterKeys } from './master-keys.js'

interface Options {
  address: string
  /** Where the transit engine is mounted. */
  mount: string
  /** An encryption key of it that takes associated data, such as one of type `aes256-gcm96`, the default. */
  key: string
  /** Holds the token; read each time, so that an agent may renew it. It may `update` encrypt/<key> and decrypt/<key>, nothing else. */
  tokenFile: string
}

const timeoutMs = 5_000

/**
 * A master key that never leaves Vault or OpenBao: its transit engine wraps and unwraps.
 * https://developer.hashicorp.com/vault/api-docs/secret/transit, https://openbao.org/api-docs/secret/transit/
 */
export const vaultTransit = ({ address, mount, key, tokenFile }: Options): MasterKeys => {
  const ask = async (verb: 'encrypt' | 'decrypt', body: object): Promise<Record<string, string>> => {
    const token = await readFile(tokenFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw refuse(`The token file ${tokenFile} of Vault cannot be read (${error.code}).`, error)
    })
    const path = [...mount.split('/'), verb, key].map(encodeURIComponent).join('/')
    const response = await fetch(new URL(`/v1/${path}`, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vault-token': token.trim(), 'x-vault-request': 'true' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw refuse(`Vault cannot be reached at ${new URL(address).host}.`, cause)
    })
    const answer = (await response.json().catch(() => ({}))) as { data?: Record<string, string>; errors?: string[] }
    if (response.ok && answer.data) return answer.data
    const why = answer.errors?.join(' ').replace(/\s+/g, ' ').trim()
    throw refuse(`Vault refuses to ${verb} with ${mount}/${key}: ${why || `HTTP ${response.status}`}.`)
  }
  const associated = (context: string) => ({ associated_data: base64(Buffer.from(context, 'utf8')) })

  return {
    wrap: async (plain, context) => {
      const { ciphertext = '' } = await ask('encrypt', { plaintext: base64(plain), ...associated(context) })
      const version = /^vault:(v\d+):/.exec(ciphertext)?.[1]
      if (!version) throw refuse(`What answers at ${new URL(address).host} is no transit engine of Vault.`)
      return { wrapped: ciphertext, masterKeyId: `vault:${mount}/${key}:${version}` }
    },
    unwrap: async ({ wrapped }, context) => {
      const { plaintext = '' } = await ask('decrypt', { ciphertext: wrapped, ...associated(context) })
      return Buffer.from(plaintext, 'base64')
    },
  }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const refuse = (message: string, cause?: unknown) => new Unavailable(message, { reason: 'keys.master', cause })
