import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { childEnv, waitForLock } from '@clientele/embedded'

/** A Chromium that runs here, and what its environment needs. */
export interface Chromium {
  path: string
  env: Record<string, string>
}

const run = promisify(execFile)

/** The Chromium that an npm package carries for Linux on x64, unpacked into `cacheDir` once; undefined elsewhere. Throws when it does not run. */
export async function packagedChromium(cacheDir: string): Promise<Chromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const carrier = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(await readFile(join(carrier, 'package.json'), 'utf8'))
  const folder = join(cacheDir, `chromium-${version}`)
  if (!existsSync(folder)) await unpackInto(folder, carrier, cacheDir)
  const path = join(folder, 'chromium')
  const fonts = { FONTCONFIG_PATH: folder }
  // A small Debian has neither NSS nor expat; the package carries them.
  const ownLibraries = { ...fonts, LD_LIBRARY_PATH: join(folder, 'lib') }
  const whys: string[] = []
  for (const env of [fonts, ownLibraries]) {
    const why = await run(path, ['--version'], { env: childEnv(env), timeout: 20_000 }).then(
      () => undefined,
      (error) => String(error.stderr || error.message).trim(),
    )
    if (why === undefined) return { path, env }
    whys.push(why)
  }
  throw new Error(`${path} does not run: ${whys.join('; ')}`)
}

async function unpackInto(folder: string, carrier: string, cacheDir: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true })
  const unlock = await waitForLock(join(cacheDir, 'chromium.lock'), () => {})
  const draft = await mkdtemp(join(cacheDir, 'chromium.'))
  try {
    if (existsSync(folder)) return
    await inflate(join(carrier, 'bin', 'chromium.br'), join(draft, 'chromium'))
    await chmod(join(draft, 'chromium'), 0o755)
    for (const part of ['al2023', 'fonts']) {
      const archive = join(draft, `${part}.tar`)
      await inflate(join(carrier, 'bin', `${part}.tar.br`), archive)
      await run('tar', ['-xf', archive, '-C', draft])
      await rm(archive)
    }
    await writeFile(join(draft, 'fonts.conf'), fontsIn(folder))
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
    await unlock()
  }
}

const inflate = (packed: string, file: string) =>
  pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(file))

const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`
