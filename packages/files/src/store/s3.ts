import type { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { Unavailable } from '@clientele/kit'
import { checkedKey, contentDisposition, type FileStore, noSuchFile } from './file-store.js'

export interface S3Options {
  bucket: string
  region: string
  /** Of another server than Amazon's. */
  endpoint?: string | undefined
  /** Where links lead, where clients reach the server by another name than we do. */
  publicEndpoint?: string | undefined
  /** Unless given, what the environment of a process on AWS says: a role of its pod or machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

/** Keeps files in a bucket of a store that speaks S3; links lead there and pass no process of ours. */
export const s3Store = (o: S3Options): FileStore => {
  const client = clientOf(o, o.endpoint)
  const signer = o.publicEndpoint ? clientOf(o, o.publicEndpoint) : client
  const staged = (key: string) => ({ Bucket: o.bucket, Key: `staged/${checkedKey(key)}` })
  const kept = (key: string) => ({ Bucket: o.bucket, Key: `kept/${checkedKey(key)}` })

  return {
    uploadLink: (key, { bytes, now, seconds }) =>
      getSignedUrl(signer, new PutObjectCommand({ ...staged(key), ContentLength: bytes }), {
        signingDate: now,
        expiresIn: seconds,
        signableHeaders: new Set(['host', 'content-length']),
      }),
    keep: async (key) => {
      const { Bucket, Key } = staged(key)
      const copied = await orNothing(
        client.send(new CopyObjectCommand({ ...kept(key), CopySource: `${Bucket}/${Key}` })),
      )
      if (copied) await answered(client.send(new DeleteObjectCommand(staged(key))))
      return (await orNothing(client.send(new HeadObjectCommand(kept(key)))))?.ContentLength
    },
    put: async (key, bytes, mediaType) =>
      void (await answered(client.send(new PutObjectCommand({ ...kept(key), Body: bytes, ContentType: mediaType })))),
    downloadLink: (key, { name, mediaType, now, seconds }) =>
      getSignedUrl(
        signer,
        new GetObjectCommand({
          ...kept(key),
          ResponseContentDisposition: contentDisposition(name),
          ResponseContentType: mediaType,
        }),
        { signingDate: now, expiresIn: seconds },
      ),
    read: async (key, range) => {
      const Range = range && `bytes=${range.first}-${range.last}`
      const get = new GetObjectCommand({ ...kept(key), ...(Range && { Range }) })
      const found = await orNothing(client.send(get))
      if (!found) throw noSuchFile()
      return found.Body as Readable
    },
    unstage: async (key) => void (await answered(client.send(new DeleteObjectCommand(staged(key))))),
    remove: async (key) => {
      for (const place of [staged(key), kept(key)]) await answered(client.send(new DeleteObjectCommand(place)))
    },
  }
}

const clientOf = ({ region, credentials }: S3Options, endpoint: string | undefined) => {
  const config: S3ClientConfig = {
    region,
    // Servers of others know neither names of buckets in front of theirs nor Amazon's newest checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // One that takes a request and says nothing more would be waited for for ever.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
  }
  return new S3Client(config)
}

/** What the store answered; UNAVAILABLE where it did not, or refused us. */
const answered = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((cause: unknown) => {
    throw new Unavailable('Files cannot be reached now; try again.', { reason: 'files.store', cause })
  })

const orNothing = <T>(asked: Promise<T>): Promise<T | undefined> =>
  answered(
    asked.catch((error: { $metadata?: { httpStatusCode?: number } }) => {
      if (error.$metadata?.httpStatusCode === 404) return undefined
      throw error
    }),
  )
