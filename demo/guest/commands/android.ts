import { complain, print, type Process } from '../system/process.ts'

const PROPERTIES: Record<string, string> = {
  'ro.build.version.release': '15',
  'ro.build.version.sdk': '35',
  'ro.product.brand': 'cocoon',
  'ro.product.manufacturer': 'Cocoon',
  'ro.product.model': 'Cocoon',
  'ro.product.cpu.abi': 'x86_64',
  'sys.boot_completed': '1',
}

const PACKAGES = [
  'android',
  'com.android.chrome',
  'com.android.settings',
  'com.android.shell',
  'com.android.systemui',
  'com.cocoon.agent',
]

export async function getprop(process: Process, [name]: string[]): Promise<number> {
  if (name !== undefined) await print(process, `${PROPERTIES[name] ?? ''}\n`)
  else
    await print(
      process,
      Object.entries(PROPERTIES)
        .map(([key, value]) => `[${key}]: [${value}]\n`)
        .join(''),
    )
  return 0
}

/** `pm list packages`, with a filter if there is one. */
export async function pm(process: Process, [verb, what, filter = '']: string[]): Promise<number> {
  if (verb !== 'list' || what !== 'packages') return complain(process, `Unknown command: ${verb ?? ''}`, 255)
  await print(
    process,
    PACKAGES.filter((name) => name.includes(filter))
      .map((name) => `package:${name}\n`)
      .join(''),
  )
  return 0
}
