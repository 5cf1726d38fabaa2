import { startConsoleBench } from './console-bench.ts'
import { screenPod } from './screen-pod.ts'

/** The consoles in a process of their own, for tests of its memory: `node console-process.ts NAME=PORT ...`. */
const screens = process.argv.slice(2).map((word) => word.split('='))
const bench = await startConsoleBench({
  objects: screens.map(([name = '', port = '']) => screenPod(name, { port })),
  settings: { limits: { perUser: 40, total: 40, idleMs: 0, longestMs: 0 } },
})
process.stdout.write(`${JSON.stringify({ port: bench.port })}\n`)
