package office

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// vector is a file that another program has locked.
type vector struct {
	Name, Password, SHA256           string
	EncryptionInfo, EncryptedPackage []byte
	Bytes                            int64
}

func vectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 2 {
		t.Fatalf("%d vectors", len(all))
	}
	return all
}

func unlock(t testing.TB, info []byte, password string) *Key {
	t.Helper()
	i, err := ParseInfo(info)
	if err != nil {
		t.Fatal(err)
	}
	k, err := i.Unlock(password)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func content(t testing.TB, k *Key, pkg []byte) []byte {
	t.Helper()
	p, err := k.Open(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(io.NewSectionReader(p, 0, p.Size()))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFilesOfOtherProgramsOpen(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.Name, func(t *testing.T) {
			k := unlock(t, v.EncryptionInfo, v.Password)
			if err := k.Verify(t.Context(), bytes.NewReader(v.EncryptedPackage), int64(len(v.EncryptedPackage))); err != nil {
				t.Error(err)
			}
			data := content(t, k, v.EncryptedPackage)
			if sum := sha256.Sum256(data); int64(len(data)) != v.Bytes || hex.EncodeToString(sum[:]) != v.SHA256 {
				t.Errorf("%d bytes of another content, want %d", len(data), v.Bytes)
			}
			i, err := ParseInfo(v.EncryptionInfo)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range []string{"", v.Password + " ", strings.ToUpper(v.Password), strings.Repeat("x", 256)} {
				if _, err := i.Unlock(wrong); !errors.Is(err, ErrPassword) {
					t.Errorf("password of %d letters: %v", len(wrong), err)
				}
			}
		})
	}
}

// locked encrypts content as a program does with the given parameters.
func locked(t testing.TB, bits int, algorithm, password string, plain []byte) (info, pkg []byte) {
	t.Helper()
	h := hashAlgorithms[algorithm]()
	salt, packageSalt := bytes.Repeat([]byte{1}, 16), bytes.Repeat([]byte{2}, 16)
	key, input, macKey := bytes.Repeat([]byte{3}, bits/8), bytes.Repeat([]byte{4}, 16), bytes.Repeat([]byte{5}, h.Size())
	seal := func(key, vector, data []byte) []byte {
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]byte, padded(int64(len(data))))
		copy(out, data)
		cipher.NewCBCEncrypter(block, vector).CryptBlocks(out, out)
		return out
	}
	pkg = binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	for n := 0; n*segmentBytes < len(plain); n++ {
		vector := fitted(sum(h, packageSalt, binary.LittleEndian.AppendUint32(nil, uint32(n))), 16)
		pkg = append(pkg, seal(key, vector, plain[n*segmentBytes:min(len(plain), (n+1)*segmentBytes)])...)
	}
	mac := hmac.New(hashAlgorithms[algorithm], macKey)
	mac.Write(pkg)
	var secret []byte
	for _, c := range []byte(password) {
		secret = append(secret, c, 0)
	}
	const spins = 1000
	digest := spun(h, salt, secret, spins)
	under := func(block, data []byte) string {
		return base64.StdEncoding.EncodeToString(seal(fitted(sum(h, digest, block), bits/8), salt, data))
	}
	inPackage := func(block, data []byte) string {
		return base64.StdEncoding.EncodeToString(seal(key, fitted(sum(h, packageSalt, block), 16), data))
	}
	params := func(salt []byte) string {
		return fmt.Sprintf(`saltSize="16" blockSize="16" keyBits="%d" hashSize="%d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%s" saltValue="%s"`,
			bits, h.Size(), algorithm, base64.StdEncoding.EncodeToString(salt))
	}
	text := `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="` + passwordEncryptor + `"><keyData ` + params(packageSalt) +
		`/><dataIntegrity encryptedHmacKey="` + inPackage(blockHmacKey, macKey) + `" encryptedHmacValue="` + inPackage(blockHmacValue, mac.Sum(nil)) +
		`"/><keyEncryptors><keyEncryptor uri="` + passwordEncryptor + `"><p:encryptedKey spinCount="1000" ` + params(salt) +
		` encryptedVerifierHashInput="` + under(blockVerifierInput, input) + `" encryptedVerifierHashValue="` + under(blockVerifierValue, sum(h, input)) +
		`" encryptedKeyValue="` + under(blockKeyValue, key) + `"/></keyEncryptor></keyEncryptors></encryption>`
	return append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, text...), pkg
}

func TestAllAlgorithmsOfAgileEncryption(t *testing.T) {
	plain := bytes.Repeat([]byte("0123456789"), 1500)
	for algorithm := range hashAlgorithms {
		for _, bits := range []int{128, 192, 256} {
			info, pkg := locked(t, bits, algorithm, "secret", plain)
			k := unlock(t, info, "secret")
			if err := k.Verify(t.Context(), bytes.NewReader(pkg), int64(len(pkg))); err != nil {
				t.Errorf("%s, %d bits: %v", algorithm, bits, err)
			}
			if !bytes.Equal(content(t, k, pkg), plain) {
				t.Errorf("%s, %d bits: other content", algorithm, bits)
			}
		}
	}
}

func TestContentIsReadAtAnyPlace(t *testing.T) {
	plain := make([]byte, 3*16*segmentBytes+77)
	for i := range plain {
		plain[i] = byte(i * i >> 3)
	}
	info, pkg := locked(t, 256, "SHA512", "a", plain)
	p, err := unlock(t, info, "a").Open(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		t.Fatal(err)
	}
	for _, off := range []int{0, 1, 15, 4095, 4096, 65535, 65536, len(plain) - 1, len(plain), len(plain) + 9} {
		for _, n := range []int{0, 1, 16, 4096, 70_000, len(plain)} {
			got := make([]byte, n)
			c, err := p.ReadAt(got, int64(off))
			want := plain[min(off, len(plain)):min(off+n, len(plain))]
			if c != len(want) || !bytes.Equal(got[:c], want) || (c < n) != errors.Is(err, io.EOF) {
				t.Errorf("%d bytes at %d: %d, %v", n, off, c, err)
			}
		}
	}
}

func TestAChangedPackageIsTold(t *testing.T) {
	info, pkg := locked(t, 128, "SHA256", "a", make([]byte, 5000))
	k := unlock(t, info, "a")
	for i := 0; i < len(pkg); i += 97 {
		changed := bytes.Clone(pkg)
		changed[i] ^= 1
		if err := k.Verify(t.Context(), bytes.NewReader(changed), int64(len(changed))); !errors.Is(err, ErrIntegrity) {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	if err := k.Verify(t.Context(), bytes.NewReader(pkg[:100]), int64(len(pkg))); err == nil {
		t.Error("a short package passes")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := k.Verify(ctx, bytes.NewReader(pkg), int64(len(pkg))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestLyingSizesAreRefused(t *testing.T) {
	info, pkg := locked(t, 128, "SHA256", "a", make([]byte, 100))
	k := unlock(t, info, "a")
	for _, size := range []uint64{1 << 63, 1 << 40, 200} {
		binary.LittleEndian.PutUint64(pkg, size)
		if _, err := k.Open(bytes.NewReader(pkg), int64(len(pkg))); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("size %d: %v", size, err)
		}
	}
	if _, err := k.Open(bytes.NewReader(pkg[:5]), 5); err == nil {
		t.Error("5 bytes pass")
	}
}

func TestUnknownAndCostlyEncryptionIsRefused(t *testing.T) {
	info, _ := locked(t, 256, "SHA512", "a", nil)
	with := func(old, replacement string) []byte { return bytes.ReplaceAll(info, []byte(old), []byte(replacement)) }
	for name, changed := range map[string][]byte{
		"cipher":            with(`"AES"`, `"DES"`),
		"chaining":          with("ChainingModeCBC", "ChainingModeCFB"),
		"hash":              with(`"SHA512"`, `"MD5"`),
		"spin count":        with(`spinCount="1000"`, `spinCount="4294967295"`),
		"no password":       with(`uri="`+passwordEncryptor, `uri="urn:certificate`),
		"version":           append([]byte{9, 0, 9, 0, 0, 0, 0, 0}, info[8:]...),
		"standard with RC4": append([]byte{3, 0, 2, 0, 4, 0, 0, 0}, make([]byte, 200)...),
	} {
		if _, err := ParseInfo(changed); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, changed := range map[string][]byte{
		"empty":           nil,
		"large":           append(bytes.Clone(info), make([]byte, MaxInfo)...),
		"key bits":        with(`keyBits="256"`, `keyBits="255"`),
		"block size":      with(`blockSize="16"`, `blockSize="0"`),
		"salt size":       with(`saltSize="16"`, `saltSize="17"`),
		"hash size":       with(`hashSize="64"`, `hashSize="-1"`),
		"base64":          with(`saltValue="AQ`, `saltValue="?Q`),
		"no key":          with("encryptedKeyValue", "encryptedKeyOther"),
		"entity":          with("<encryption", `<!DOCTYPE e [<!ENTITY a "b">]><encryption`)[:60],
		"standard, short": {3, 0, 2, 0, 0x24, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF},
	} {
		if _, err := ParseInfo(changed); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func FuzzParseInfo(f *testing.F) {
	seeds := 0
	add := func(b []byte) { f.Add(b); seeds++ }
	for _, v := range vectors(f) {
		add(v.EncryptionInfo)
		add(v.EncryptionInfo[:len(v.EncryptionInfo)/2])
	}
	info, _ := locked(f, 128, "SHA1", "a", nil)
	add(info)
	add([]byte{4, 0, 4, 0, 0x40, 0, 0, 0, '<'})
	if seeds < 6 {
		f.Fatalf("%d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		i, err := ParseInfo(data)
		if err != nil {
			return
		}
		if i.agile != nil {
			k, err := i.agile.passwordKey()
			if err != nil {
				t.Fatal(err)
			}
			k.SpinCount = min(k.SpinCount, 10)
		}
		k, err := i.Unlock("a")
		if err != nil {
			return
		}
		pkg := append([]byte{40, 0, 0, 0, 0, 0, 0, 0}, make([]byte, 48)...)
		if err := k.Verify(t.Context(), bytes.NewReader(pkg), int64(len(pkg))); err != nil && !errors.Is(err, ErrIntegrity) {
			t.Fatal(err)
		}
		if got := content(t, k, pkg); len(got) != 40 {
			t.Fatalf("%d bytes", len(got))
		}
	})
}

func BenchmarkUnlock(b *testing.B) {
	for _, v := range vectors(b) {
		i, err := ParseInfo(v.EncryptionInfo)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(v.Name, func(b *testing.B) {
			for b.Loop() {
				if _, err := i.Unlock(v.Password); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
