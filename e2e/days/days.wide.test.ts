import { startAcceptance } from '../platform/platform.js'
import { describeDays } from './days.js'

await describeDays(await startAcceptance())
