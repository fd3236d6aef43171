import { profiles } from '@clientele/profiles'
import { startPlatform } from '@clientele/testkit'
import { connections, tenantStorm } from './tenants.storm.js'

const requests = Number(process.env.CLIENTELE_STORM_REQUESTS ?? 2_000)
const platform = await startPlatform([profiles], { connections })

test(`${requests} mixed requests of 8 tenants on 64 connections see no row of another tenant`, async () => {
  const { foreign, ...report } = await tenantStorm(platform, requests)
  console.info(`tenant storm: ${JSON.stringify({ ...report, foreign: foreign.length })}`)
  expect(foreign).toEqual([])
  expect(report.requests).toBe(requests)
  expect(report.errors).toBeGreaterThan(requests / 4)
}, 900_000)
