import { existsSync } from 'node:fs'
import { childEnv, defaultCacheDir } from '@clientele/embedded'
import { type Browser, chromium } from 'playwright-core'
import { programsNamed } from '../src/config.js'
import { type Chromium, packagedChromium } from './chromium-package.js'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
]

/** Starts a headless Chromium: that of CHROMIUM_PATH, else the packaged one (Linux on x64), else an installed one. Throws where there is none. */
export async function startChromium(cacheDir = defaultCacheDir()): Promise<Browser> {
  const { path, env } = await findChromium(cacheDir)
  // Without its sandbox, which root cannot have: it visits this machine only.
  return chromium.launch({ executablePath: path, env: childEnv(env) as Record<string, string>, chromiumSandbox: false })
}

async function findChromium(cacheDir: string): Promise<Chromium> {
  const { chromium: named } = programsNamed()
  if (named) return { path: named, env: {} }
  const packaged = await packagedChromium(cacheDir)
  if (packaged) return packaged
  const path = installed.find((each) => existsSync(each))
  if (path) return { path, env: {} }
  throw new Error(
    `These tests need a browser, and for ${process.platform}-${process.arch} none comes with npm ci. ` +
      'Install Chrome or Chromium, or set CHROMIUM_PATH to one.',
  )
}
