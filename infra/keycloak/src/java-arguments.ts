import { join } from 'node:path'

const opened = ['java.util', 'java.util.concurrent', 'java.security', 'java.lang']

/**
 * What `bin/kc.sh` gives to Java. Without the script between, signals reach Keycloak itself, and one distribution serves
 * several homes: `home` holds links to its `lib`, `conf`, `providers` and `themes`, and a `data` of its own.
 */
export function javaArguments(home: string): string[] {
  return [
    '-Xms64m',
    '-Xmx512m',
    '-XX:MetaspaceSize=96M',
    '-XX:MaxMetaspaceSize=256m',
    '-XX:+UseG1GC',
    '-XX:+ExitOnOutOfMemoryError',
    '-Dfile.encoding=UTF-8',
    ...opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
    '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
    '-Dpicocli.disable.closures=true',
    '-Dquarkus-log-max-startup-records=10000',
    `-Dkc.home.dir=${home}`,
    `-Djboss.server.config.dir=${join(home, 'conf')}`,
    '-cp',
    join(home, 'lib', 'quarkus-run.jar'),
    'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
  ]
}
