/** The certificate and its key, read from the files that two variables name; what is wrong names the variable. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type Config, ConfigError } from './config/config.ts';
import { VARIABLES } from './config/variables.ts';

const { tlsCertFile: CERT, tlsKeyFile: KEY } = VARIABLES;

export type TlsFiles = { readonly cert: string; readonly key: string };

/** Undefined when the server speaks plain http. @throws ConfigError */
export function readTlsFiles({ tlsCertFile, tlsKeyFile }: Config): TlsFiles | undefined {
  if (tlsCertFile === undefined || tlsKeyFile === undefined) return undefined;
  const files = { cert: textOf(CERT.name, tlsCertFile), key: textOf(KEY.name, tlsKeyFile) };
  try {
    createSecureContext(files);
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError([
      `${CERT.name} and ${KEY.name}: are no certificate with its private key in PEM form (${message})`,
    ]);
  }
  return files;
}

function textOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ConfigError([`${variable}: ${file} cannot be read (${why}); give the path of a PEM file`]);
  }
}
