import { services } from '../services.js'
import { policyTables } from './policy-tables.js'

process.stdout.write(policyTables(services))
