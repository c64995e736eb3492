package office

import "encoding/binary"

// dataSpaces are the streams, by their entry, that name EncryptedPackage as encrypted
// ([MS-OFFCRYPTO] 2.1.5 to 2.1.9, 2.3.4.1 to 2.3.4.3). They are alike in every file.
func dataSpaces() (streams [entryCount][]byte) {
	const (
		space       = "StrongEncryptionDataSpace"
		transform   = "StrongEncryptionTransform"
		transformID = "{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}"
		header      = 8 // bytes of a header that ends with a count
		stream      = 0 // sort of a reference
		byPassword  = 1 // sort of a transform
	)
	streams[entryVersion] = appendVersions(appendText(nil, "Microsoft.Container.DataSpaces"))

	entry := appendText(appendNumbers(nil, 1, stream), "EncryptedPackage")
	entry = appendText(entry, space)
	streams[entryMap] = append(appendNumbers(nil, header, 1, uint32(4+len(entry))), entry...) //nolint:gosec // some 100

	streams[entrySpace] = appendText(appendNumbers(nil, header, 1), transform)

	id := appendText(appendNumbers(nil, byPassword), transformID)
	primary := append(appendNumbers(nil, uint32(4+len(id))), id...) //nolint:gosec // some 100
	primary = appendVersions(appendText(primary, "Microsoft.Container.EncryptionTransform"))
	// Agile encryption names cipher, block and mode elsewhere: no name, 0, 0, and a
	// number that is reserved.
	streams[entryPrimary] = appendNumbers(primary, 0, 0, 0, 4)
	return streams
}

// appendVersions appends the versions of reader, updater and writer, 1.0 each.
func appendVersions(b []byte) []byte { return appendNumbers(b, 1, 1, 1) }

func appendNumbers(b []byte, numbers ...uint32) []byte {
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// appendText appends ASCII text as UNICODE-LP-P4 ([MS-OFFCRYPTO] 2.1.2): the bytes of
// its UTF-16, then these, filled with zeros to a multiple of 4.
func appendText(b []byte, text string) []byte {
	b = appendNumbers(b, uint32(2*len(text))) //nolint:gosec // a name
	for i := range len(text) {
		b = append(b, text[i], 0)
	}
	return append(b, make([]byte, len(text)%2*2)...)
}
