import { services } from '../services.js'
import { permissionsPage } from './permissions-page.js'

process.stdout.write(permissionsPage(services))
