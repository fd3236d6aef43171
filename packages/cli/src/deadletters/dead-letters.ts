import { type DeadLetter, listDeadLetters } from '@clientele/kit'
import pg from 'pg'
import type { RunningPlatform } from '../home.js'
import { services } from '../services.js'
import { databaseOf } from './tool-services.js'

export interface ServiceLetter extends DeadLetter {
  service: string
}

const mostPerService = 10_000

/** The dead letters of the services, oldest first: the order in which to replay them. */
export const findDeadLetters = async (platform: RunningPlatform, only?: string): Promise<ServiceLetter[]> => {
  const names = services.map(({ name }) => name).filter((name) => only === undefined || name === only)
  const found = await Promise.all(
    names.map(async (service) => {
      const pool = new pg.Pool({ connectionString: databaseOf(platform, service).systemUrl, max: 1 })
      try {
        return (await listDeadLetters(pool, { limit: mostPerService })).map((letter) => ({ ...letter, service }))
      } finally {
        await pool.end()
      }
    }),
  )
  return found.flat().toSorted((a, b) => a.eventId.localeCompare(b.eventId))
}
