// Files share a worker: what one sets in the environment ends with it, and so do its spies.
import { vi } from 'vitest'

const before = { ...process.env }

afterAll(() => {
  vi.restoreAllMocks()
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
})
