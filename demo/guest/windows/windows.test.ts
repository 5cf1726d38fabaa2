import { describe, expect, it } from 'vitest'
import { runIn, testGuest } from '../testing/test-guest.ts'

const windows = () => testGuest({ os: 'windows', image: 'win11:1' })

describe('a Windows guest', () => {
  it.each<[string[], number, string, string]>([
    [['cmd', '/c', 'echo hi'], 0, 'hi\r\n', ''],
    [['cmd', '/c', 'exit', '5'], 5, '', ''],
    [['cmd.exe', '/C', 'echo a && echo b & echo c'], 0, 'a \r\nb \r\nc\r\n', ''],
    [
      ['cmd', '/c', 'foo || echo no'],
      0,
      'no\r\n',
      "'foo' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
    ],
    [
      ['cmd', '/c', 'foo'],
      1,
      '',
      "'foo' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
    ],
    [['cmd', '/c', 'echo %COMPUTERNAME% %NOPE%'], 0, 'WEB-0 %NOPE%\r\n', ''],
    [['cmd', '/c', 'echo x>f.txt&&type f.txt'], 0, 'x\r\n', ''],
    [['cmd', '/c', 'cd \\users\\agent && cd'], 0, 'C:\\Users\\agent\r\n', ''],
    [['cmd', '/c', 'type nope'], 1, '', 'The system cannot find the file specified.\r\n'],
    [['whoami'], 0, 'nt authority\\system\r\n', ''],
    [['powershell', '-Command', 'hostname; exit 3'], 3, 'WEB-0\r\n', ''],
    [['powershell', '-NoProfile', '-Command', "Write-Output 'a b'"], 0, 'a b\r\n', ''],
    [
      ['powershell', '-Command', 'ls | sort'],
      1,
      '',
      'powershell : pipelines are not supported in this guest\r\n',
    ],
    [['sh'], 127, '', 'exec: "sh": executable file not found in %PATH%\n'],
  ])('runs %j', async (argv, code, stdout, stderr) => {
    expect(await runIn(windows(), argv)).toEqual({ code, stdout, stderr })
  })

  it('reads lines at a prompt that echoes, as cmd does', async () => {
    const { stdout, code } = await runIn(windows(), ['cmd'], { stdin: 'echo hi\r\nexit 4\r\n' })
    expect(code).toBe(4)
    expect(stdout).toContain('C:\\>echo hi\r\nhi\r\n\r\nC:\\>exit 4\r\n')
  })

  it('reads lines without a word of its own after /k with the echo off', async () => {
    const stdin = 'echo %COMPUTERNAME%\r\nexit 4\r\n'
    const { stdout, code } = await runIn(windows(), ['cmd.exe', '/Q', '/K', 'echo here'], { stdin })
    expect([stdout, code]).toEqual(['here\r\nWEB-0\r\n', 4])
  })

  it('lists and ends processes', async () => {
    const guest = windows()
    expect((await runIn(guest, ['cmd', '/c', 'taskkill /im agent.exe'])).stdout).toMatch(/^SUCCESS: .* 3924 /)
    expect((await runIn(guest, ['tasklist'])).stdout).toMatch(/\r\nagent\.exe +\d+ /)
  })
})

it.each<[string, string]>([
  ['getprop ro.product.model', 'Cocoon\n'],
  ['pm list packages settings', 'package:com.android.settings\n'],
  ['ls -d /sdcard', '/sdcard\n'],
])('an Android guest runs %s', async (script, stdout) => {
  const outcome = await runIn(testGuest({ os: 'android', image: 'android-15:stable' }), ['sh', '-c', script])
  expect(outcome).toEqual({ code: 0, stdout, stderr: '' })
})
