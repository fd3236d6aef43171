import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export const KEYCLOAK_VERSION = '26.7.3'

/** Maven coordinates `org.keycloak:keycloak-quarkus-dist:<version>:tar.gz`: the same files as the zip, for which a plain Debian has no program. */
const ARCHIVE = `https://repo1.maven.org/maven2/org/keycloak/keycloak-quarkus-dist/${KEYCLOAK_VERSION}/keycloak-quarkus-dist-${KEYCLOAK_VERSION}.tar.gz`
const SHA512 =
  '664c8ac2997d94b69825af70acc3a6017a7a53a1504a6e21b2d82a04e5f53593b30cabdf80ffe3eb661f13442a57fbc15c4186a1899f2841e8145532e5ae7e1c'
const DOWNLOAD_LIMIT_MS = 600_000

/** Puts the distribution's archive into `file`. Throws when the server does not give it and when it is not the pinned one. */
export async function fetchRelease(file: string, from = ARCHIVE, sha512 = SHA512): Promise<void> {
  const response = await fetch(from, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) })
  if (!response.ok || !response.body) throw new Error(`${from} answered ${response.status}`)
  const hash = createHash('sha512')
  const measured = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(Readable.fromWeb(response.body), measured, createWriteStream(file))
  const found = hash.digest('hex')
  if (found !== sha512) throw new Error(`${from} has the SHA-512 ${found}, and not the pinned ${sha512}`)
}
