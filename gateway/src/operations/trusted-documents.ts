import { readFile } from 'node:fs/promises'
import { Forbidden, Invalid, NotFound } from '@clientele/kit'
import type { RequestParameters } from '../http/request-parameters.js'
import type { Limits } from '../limits/limits.js'
import { isPermitted, type Permitted } from '../limits/role-table.js'
import { readManifest, sha256 } from './manifest.js'

export interface TrustedDocuments {
  /**
   * The request with a text as its document, whichever way it names it: `documentId`, with or without `sha256:` before the hash, the
   * `persistedQuery` extension, or the text itself. Throws `NotFound` `document.unknown`, `Invalid` where it contradicts itself, and
   * `Forbidden` `document.not_trusted` for a text of their own from someone who may only send those of the manifest.
   */
  resolve(parameters: RequestParameters, roles: readonly string[]): RequestParameters
  /** Whether a text is a document of the manifest. */
  has(document: string): boolean
}

export interface TrustedDocumentsOptions {
  /** The manifest; there are no trusted documents unless given. */
  file: string | undefined
  /** Who may send documents that are not in the manifest. */
  freeForm: Permitted
  limits: Limits
}

/** Reads the manifest once, at the start. Throws `Invalid` `documents.broken` for one that cannot be used. */
export async function openTrustedDocuments({ file, freeForm, limits }: TrustedDocumentsOptions) {
  const documents = file === undefined ? undefined : new Map(Object.entries(await readManifestFile(file, limits)))
  return trustedDocuments(documents, freeForm)
}

export function trustedDocuments(
  documents: ReadonlyMap<string, string> | undefined,
  freeForm: Permitted,
): TrustedDocuments {
  /** Looked up without hashing what was sent. */
  const texts = new Set(documents?.values())

  function byId(hash: string): string {
    if (!documents) {
      throw new Invalid('There are no trusted documents here; send the text of the query.', {
        reason: 'persisted_query.not_supported',
      })
    }
    const text = documents.get(hash)
    if (text !== undefined) return text
    throw new NotFound('No trusted document has this id; ids are "sha256:" and 64 hex digits in lower case.', {
      reason: 'document.unknown',
    })
  }

  function textOf({ query, documentId, extensions }: RequestParameters): unknown {
    if (isGiven(documentId)) {
      if (typeof documentId !== 'string') throw unclear('documentId', '"documentId" must be a string.')
      if (isGiven(query)) throw unclear('documentId', 'Send "documentId" or "query", not both.')
      return byId(documentId.replace(/^sha256:/, ''))
    }
    const hash = documents && persistedHashOf(extensions)
    if (hash === undefined) return query
    if (!isGiven(query)) return byId(hash)
    if (typeof query === 'string' && sha256(query) === hash) return query
    throw unclear('sha256Hash', 'The "sha256Hash" is not that of the query beside it.')
  }

  return {
    has: (document) => texts.has(document),
    resolve(parameters, roles) {
      const query = textOf(parameters)
      const isOwnText = typeof query === 'string' && !isPermitted(freeForm, roles) && !texts.has(query)
      if (isOwnText) {
        throw new Forbidden('Your roles may send trusted documents only; name one by its "documentId".', {
          reason: 'document.not_trusted',
        })
      }
      const extensions = documents ? withoutHash(parameters.extensions) : parameters.extensions
      if (query === parameters.query && extensions === parameters.extensions) return parameters
      const { documentId: _, extensions: __, ...rest } = parameters
      return { ...rest, query, ...(extensions !== undefined && { extensions }) }
    },
  }
}

const readManifestFile = async (file: string, limits: Limits) => {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Invalid(`The trusted documents cannot be read: ${cause.message}`, { reason: 'documents.broken', cause })
  })
  return readManifest(text, limits)
}

const isGiven = (value: unknown) => value !== undefined && value !== null

function persistedHashOf(extensions: unknown): string | undefined {
  const { persistedQuery } = Object(extensions) as { persistedQuery?: { sha256Hash?: unknown } | null }
  if (!isGiven(persistedQuery)) return undefined
  const hash = Object(persistedQuery).sha256Hash
  if (typeof hash === 'string') return hash
  throw unclear('persistedQuery', 'The extension "persistedQuery" needs a "sha256Hash".')
}

function withoutHash(extensions: unknown): unknown {
  if (extensions === null || typeof extensions !== 'object' || !('persistedQuery' in extensions)) return extensions
  const { persistedQuery: _, ...others } = extensions
  return Object.keys(others).length > 0 ? others : undefined
}

const unclear = (part: string, message: string) => new Invalid(message, { reason: 'request.invalid', params: { part } })
