import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The nats-server that is fetched or built where none is installed. */
export const NATS_VERSION = '2.14.5'

/** SHA-256 of the official release's archives. */
const archives: Record<string, { file: string; sha256: string } | undefined> = {
  'linux-x64': archive('linux-amd64.tar.gz', '5e3b603d47c447bda1f77f9ac16dbf91c90aac4ff3681f8fbbc7201e4ed99355'),
  'linux-arm64': archive('linux-arm64.tar.gz', '673a98d3faa79dde3f9ebf16d6dfac36a5f694e7ad2015e4954dd7939c85cd4c'),
  'darwin-x64': archive('darwin-amd64.tar.gz', 'f95c98d6b6ed2b63c5681b46b092c9585c99767d547cf495730c329234625e96'),
  'darwin-arm64': archive('darwin-arm64.tar.gz', 'ddd907854d9a2de834af133fa396915fe6442fe6d8909ae31390d1ea7a0fea50'),
  'win32-x64': archive('windows-amd64.zip', 'f66f840a211ab665083b88e9b7edbcf6296cda143be47e53e6f6bb8520692bbb'),
}

const DOWNLOADS = 'https://github.com/nats-io/nats-server/releases/download'
const CONNECT_LIMIT_MS = 5_000
const DOWNLOAD_LIMIT_MS = 180_000

function archive(suffix: string, sha256: string) {
  return { file: `nats-server-v${NATS_VERSION}-${suffix}`, sha256 }
}

/** Puts the official release's program into `folder`, its checksum verified. Gives up after five seconds when the server does not answer. */
export async function fetchRelease(folder: string, binary: string): Promise<void> {
  const wanted = archives[`${process.platform}-${process.arch}`]
  if (!wanted) throw new Error(`there is no pinned release for ${process.platform}-${process.arch}`)
  const bytes = await download(`${DOWNLOADS}/v${NATS_VERSION}/${wanted.file}`)
  verifyChecksum(bytes, wanted.sha256, wanted.file)
  await mkdir(folder, { recursive: true })
  const packed = join(folder, wanted.file)
  await writeFile(packed, bytes)
  // Windows' own tar reads zip archives too.
  await promisify(execFile)('tar', ['-xf', packed, '-C', folder, '--strip-components=1'])
  await rename(join(folder, process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'), binary)
}

/** Throws when the bytes are not those that the release published. */
export function verifyChecksum(bytes: Uint8Array, sha256: string, file: string): void {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) throw new Error(`${file} has the SHA-256 ${found}, and not the pinned ${sha256}`)
}

async function download(url: string): Promise<Uint8Array> {
  const abort = new AbortController()
  const limit = (ms: number, why: string) => setTimeout(() => abort.abort(new Error(`${url} ${why}`)), ms)
  let timer = limit(CONNECT_LIMIT_MS, 'did not answer in time')
  try {
    const response = await fetch(url, { signal: abort.signal })
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    clearTimeout(timer)
    timer = limit(DOWNLOAD_LIMIT_MS, 'was too slow')
    return new Uint8Array(await response.arrayBuffer())
  } finally {
    clearTimeout(timer)
  }
}
