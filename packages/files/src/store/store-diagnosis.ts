import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Conflict, type Diagnosis } from '@clientele/kit'
import { fileKey } from './file-store.js'
import { fileStoreOf } from './store-settings.js'

const remedy =
  'May this account put, get and delete objects there? See the settings FILES_… in packages/files/README.md.'
const probe = Buffer.from('written by clientele doctor; it may be removed\n')

/** Whether a service can write, read and remove a file of its own: one that is no customer's, and is gone afterwards. */
export const fileStoreDiagnosis = (service: string): Diagnosis => ({
  name: 'files',
  run: async (report, { settings }) => {
    const key = fileKey(service, 'doctor', randomUUID())
    await report.attempt('', remedy, async () => {
      const link = () => {
        throw new Error('nobody downloads it')
      }
      const store = await fileStoreOf(service, { settings, link }).catch((error: unknown) => {
        if (error instanceof Conflict) return undefined
        throw error
      })
      if (!store) return report.ok('', 'none is set: there are no files')
      await store.put(key, probe, 'text/plain')
      const body = await store.read(key)
      body.resume()
      await once(body, 'end')
      await store.remove(key)
      report.ok(
        '',
        settings.FILES_FOLDER
          ? 'a folder, which takes, gives and removes files'
          : 'a bucket, which takes, gives and removes files',
      )
    })
  },
})
