"""Word 97–2003 papers (``.doc``, WPS ``.wps``) read directly from their streams ([MS-DOC])."""
