package grid

// NumberLength is the length of the xsd:double at the start of b, without INF and
// NaN, which no cell holds. It is 0 if
// there is none.
func NumberLength(b []byte) int {
	i := 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		i++
	}
	digits := i
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	digits = i - digits
	if i < len(b) && b[i] == '.' {
		i++
		from := i
		for i < len(b) && b[i]-'0' <= 9 {
			i++
		}
		digits += i - from
	}
	if digits == 0 {
		return 0
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		j := i + 1
		if j < len(b) && (b[j] == '-' || b[j] == '+') {
			j++
		}
		from := j
		for j < len(b) && b[j]-'0' <= 9 {
			j++
		}
		if j > from {
			i = j
		}
	}
	return i
}
