import { directory, regularFile, type Directory } from '../system/file-node.ts'

/** What drive C: of a Windows image holds, as far as anybody asks. */
export function windowsFiles(): Directory {
  const empty = () => directory()
  return directory({
    PerfLogs: empty(),
    'Program Files': directory({
      Agent: directory({ 'agent.exe': regularFile('MZ\u0090\u0000') }),
      Cocoon: directory({ 'cocoon-agent.exe': regularFile('MZ\u0090\u0000') }),
      WindowsPowerShell: empty(),
    }),
    'Program Files (x86)': empty(),
    Users: directory({
      Public: empty(),
      agent: directory({
        Desktop: directory({ 'notes.txt': regularFile('Workspace of the agent\r\n') }),
        Documents: empty(),
        Downloads: empty(),
      }),
    }),
    Windows: directory({
      System32: directory({
        drivers: directory({
          etc: directory({
            hosts: regularFile('# localhost name resolution is handled within DNS itself.\r\n'),
          }),
        }),
      }),
      Temp: empty(),
    }),
  })
}
