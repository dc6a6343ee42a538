/** The kind of jobs that record a file; their source is `<fileId>/<content hash>`. */
export const ecmImportKind = 'ecm-import';
